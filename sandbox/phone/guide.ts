/** What a newcomer finds beside the phone: numbers of the register to try, and where a citizen's workflows are. */
import type { Database } from '../../database/connection.ts';
import { samples, type Sample } from '../city/samples.ts';
import type { Citizen } from '../graph/model.ts';

export interface Guide {
  /** Numbers to try; none while the register is empty. */
  readonly numbers: () => Promise<readonly Sample[]>;
  /** The Web UI with all workflows of a citizen; undefined until the bot has heard of them. */
  readonly workflowsOf: (citizen: Citizen) => Promise<string | undefined>;
}

interface GuideOptions {
  readonly db: Database;
  readonly databaseUrl: string;
  /** `http://127.0.0.1:8233` */
  readonly webUi: string;
  readonly namespace: string;
}

export function createGuide({ db, databaseUrl, webUi, namespace }: GuideOptions): Guide {
  /** Once found they stay: they are picked from all of the register. */
  let known: Promise<readonly Sample[]> | undefined;

  async function find(): Promise<readonly Sample[]> {
    const found = await samples(databaseUrl).catch(() => []);
    if (found.length === 0) known = undefined;
    return found;
  }

  return {
    numbers: () => (known ??= find()),
    async workflowsOf({ bsuid, phone }) {
      const { rows } = await db.query<{ id: string }>(
        `select citizen_id as id from citizen_ids
         where until is null and (kind, value) in (('bsuid', $1), ('phone', $2)) order by kind limit 1`,
        [bsuid, phone],
      );
      const [citizen] = rows;
      if (!citizen) return undefined;
      const query = new URLSearchParams({ query: `CitizenId = "${citizen.id}"` });
      return `${webUi}/namespaces/${namespace}/workflows?${query.toString()}`;
    },
  };
}
