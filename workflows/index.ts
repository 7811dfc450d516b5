/** Every workflow that a worker runs. */
export { conversation } from './conversation/workflow.ts';
export { payment } from './payment/workflow.ts';
export { renewal } from './renewal/workflow.ts';
