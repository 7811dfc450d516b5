/** An action names something that is not there; answered with 404. */
export class NoSuchThing extends Error {
  override readonly name = 'NoSuchThing';
}
