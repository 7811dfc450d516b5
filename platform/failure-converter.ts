/** Error messages may quote what a citizen wrote: they are encrypted like everything else. */
import { DefaultFailureConverter } from '@temporalio/common';

export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
