/** The rows of a list message. They wait in a template element; the page's one dialog shows a copy. */
import type { VNode } from 'preact';
import type { Interactive } from '../graph/payload.ts';
import { Icon } from './icons.tsx';

type ListAction = Extract<Interactive, { type: 'list' }>['action'];

export function ListSheet({ action }: { readonly action: ListAction }): VNode {
  return (
    <template data-sheet>
      <form method="dialog" class="sheet" data-testid="list-sheet">
        <header>
          <button type="submit" value="" formNoValidate class="plain" aria-label="Close">
            <Icon name="close" />
          </button>
          <h2>{action.button}</h2>
        </header>
        <div class="rows">
          {action.sections.map((section) => (
            <fieldset>
              {section.title !== undefined && <legend>{section.title}</legend>}
              {section.rows.map((row) => (
                <label class="row" data-testid="list-row" data-row={row.id}>
                  <span>
                    <strong>{row.title}</strong>
                    {row.description !== undefined && <small>{row.description}</small>}
                  </span>
                  <input type="radio" name="choice" value={row.id} required />
                </label>
              ))}
            </fieldset>
          ))}
        </div>
        <footer>
          <button type="submit" value="send" class="primary" data-testid="list-send" disabled>
            Send
          </button>
        </footer>
      </form>
    </template>
  );
}
