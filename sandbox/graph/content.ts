/** Looks into an outbound message: its file, its words, its choices. */
import type { MediaSource, OutboundContent } from './payload.ts';

/** The parts of a message that hang on a file, with where they stand, as Meta's refusals say it. */
export function filesOf(content: OutboundContent): { readonly at: string; readonly source: MediaSource }[] {
  switch (content.type) {
    case 'image':
      return [{ at: 'image', source: content.image }];
    case 'video':
      return [{ at: 'video', source: content.video }];
    case 'audio':
      return [{ at: 'audio', source: content.audio }];
    case 'document':
      return [{ at: 'document', source: content.document }];
    case 'interactive': {
      const { interactive } = content;
      const header = 'header' in interactive ? interactive.header : undefined;
      if (header === undefined || header.type === 'text') return [];
      const source =
        header.type === 'image' ? header.image : header.type === 'video' ? header.video : header.document;
      return [{ at: `interactive['header']['${header.type}']`, source }];
    }
    case 'template':
      return content.template.components.flatMap((component, outer) =>
        component.parameters.flatMap((parameter, inner) => {
          if (parameter.type === 'text' || parameter.type === 'payload') return [];
          const source =
            parameter.type === 'image'
              ? parameter.image
              : parameter.type === 'video'
                ? parameter.video
                : parameter.document;
          const at = `template['components'][${outer}]['parameters'][${inner}]['${parameter.type}']`;
          return [{ at, source }];
        }),
      );
    case 'text':
    case 'reaction':
      return [];
  }
}

/** The address that WhatsApp has to fetch first, if the file was not uploaded. */
export const linkOf = (content: OutboundContent): string | undefined =>
  filesOf(content).find(({ source }) => source.link !== undefined)?.source.link;

export interface Tappable {
  readonly kind: 'button' | 'row' | 'quickReply';
  readonly id: string;
  readonly title: string;
  readonly description?: string | undefined;
}

/** Reply buttons or list rows of an interactive message. A template's quick replies come filled in from elsewhere. */
export function choicesOf(content: OutboundContent): Tappable[] {
  if (content.type !== 'interactive') return [];
  const { interactive } = content;
  if (interactive.type === 'button') {
    return interactive.action.buttons.map(({ reply }) => ({ kind: 'button', ...reply }));
  }
  if (interactive.type === 'list') {
    return interactive.action.sections.flatMap(({ rows }) =>
      rows.map((row): Tappable => ({ kind: 'row', ...row })),
    );
  }
  return [];
}
