/** Why a file cannot be imported, or not to its end, for the person who asked for it. */

/** Nothing of the file is in. */
export class ImportProblem extends Error {
  override readonly name = 'ImportProblem';
}

/** Some accounts are as the file has them, each of them whole, and the others as they were. The same file again finishes it. */
export class UnfinishedImport extends Error {
  override readonly name = 'UnfinishedImport';
}
