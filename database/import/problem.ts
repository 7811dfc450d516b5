/** Why a file cannot be imported at all, for the person who asked for it. */
export class ImportProblem extends Error {
  override readonly name = 'ImportProblem';
}
