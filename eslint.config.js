// Lint rules. The table `layers` is the import direction of the house: a folder may import only what it lists.
import tseslint from 'typescript-eslint';

const folders = [
  'domain',
  'hearing',
  'texts',
  'documents',
  'whatsapp',
  'gateways',
  'database',
  'records',
  'platform',
  'activities',
  'workflows',
  'worker',
  'api',
  'desk',
  'web',
  'sandbox',
  'bench',
  'test',
];

const layers = {
  domain: [],
  hearing: ['domain'],
  texts: ['domain'],
  documents: ['domain', 'texts'],
  whatsapp: ['domain'],
  gateways: ['domain', 'platform'],
  database: ['domain'],
  records: ['domain', 'database', 'platform'],
  platform: ['domain'],
  web: ['domain', 'texts'],
  activities: ['domain', 'texts', 'documents', 'whatsapp', 'gateways', 'database', 'records', 'platform'],
  workflows: ['domain'],
  worker: [
    'domain',
    'documents',
    'whatsapp',
    'gateways',
    'database',
    'records',
    'platform',
    'activities',
    'workflows',
  ],
  desk: ['domain', 'texts', 'gateways', 'database', 'records', 'platform'],
  api: [
    'domain',
    'hearing',
    'texts',
    'documents',
    'whatsapp',
    'gateways',
    'database',
    'records',
    'platform',
    'web',
    'workflows',
  ],
};

/** Forbids, inside `folder`, imports of every folder that `layers` does not list for it. */
function layer(folder, allowed) {
  const forbidden = folders.filter((other) => other !== folder && !allowed.includes(other));
  const patterns = [
    {
      regex: `^(\\.\\./)+(${forbidden.join('|')})/`,
      message: `${folder}/ may import only ${[folder, ...allowed].join(', ')} (eslint.config.js, "layers").`,
      // Workflows name the types of activities and never load their code.
      allowTypeImports: folder === 'workflows',
    },
  ];
  if (folder === 'workflows') {
    patterns.push({
      regex: '^(\\.\\./)+domain/(conversation/(understanding/|limits\\.ts)|accounts/(?!kinds\\.ts))',
      message:
        'A replay reads no words and no numbers: workflows decide by the meaning and the limits that they are given.',
      allowTypeImports: true,
    });
  }
  if (folder === 'workflows' || folder === 'domain') {
    patterns.push({
      regex: folder === 'domain' ? '^[^.]' : '^(?!@temporalio/(workflow|common)$)[^.]',
      message:
        'Code that Temporal replays imports nothing from outside but @temporalio/workflow and /common.',
    });
  }
  return {
    files: [`${folder}/**/*.{ts,tsx}`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  };
}

export default tseslint.config(
  { ignores: ['node_modules', 'dist', '.data', 'test-results'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // What is taken out of an object so that the rest of it remains.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
    },
  },
  // Intl reads the real clock and the host's locale data, also inside Temporal's sandbox.
  { files: ['workflows/**/*.ts'], rules: { 'no-restricted-globals': ['error', 'Intl'] } },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  ...Object.entries(layers).map(([folder, allowed]) => layer(folder, allowed)),
);
