/** The order of test files: those that take longest go first, so that no worker is left alone with one of them at the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const folders = ['chaos', 'browser', 'workflow'];

const rank = ({ moduleId }: TestSpecification): number => {
  const found = folders.findIndex((folder) => moduleId.includes(`/test/${folder}/`));
  return found === -1 ? folders.length : found;
};

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // Large files before small ones in each folder.
    const sorted = await super.sort(files);
    return sorted.sort((one, other) => rank(one) - rank(other));
  }
}
