/** The files that can be imported. */
import type { FileKind } from './file-kind.ts';
import { licenceDemands, licences } from './licence-files.ts';
import { demands, properties } from './property-files.ts';
import { stallRents, stalls } from './stall-files.ts';
import { tradeFees, trades } from './trade-files.ts';

/** In the order in which they are imported: bills need their account, fees and licences their trade. */
export const fileKinds: readonly FileKind[] = [
  properties,
  demands,
  trades,
  tradeFees,
  licences,
  licenceDemands,
  stalls,
  stallRents,
];
