/** The server puts a fresh nonce here with every index.html. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content || undefined;
