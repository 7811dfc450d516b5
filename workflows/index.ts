/** Every workflow that a worker runs. */
export { conversation } from './conversation/workflow.ts';
