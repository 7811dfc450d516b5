/**
 * Where a gateway wants the citizen's browser to go. It is a secret of whoever pays, and stands in the database until the
 * attempt is decided.
 *
 * Both kinds lead to the gateway's own page. There is none for a gateway's script that draws its checkout on the
 * corporation's page: no foreign script runs there, and every gateway that has one takes the same order by a form or a link.
 */
export type Redirect =
  /** The browser posts a form to the gateway. */
  | { readonly kind: 'form'; readonly url: string; readonly fields: Readonly<Record<string, string>> }
  /** The browser follows a link. */
  | { readonly kind: 'link'; readonly url: string };
