/**
 * What the console holds of a session: the token that changing calls carry (the cookie itself is HttpOnly),
 * and whom to tell when the server no longer knows us. Kept in memory only.
 */
class Credentials {
  csrfToken: string | undefined;
  private listener: () => void = () => {};

  onLost(listener: () => void) {
    this.listener = listener;
  }

  lost() {
    this.csrfToken = undefined;
    this.listener();
  }
}

export const credentials = new Credentials();
