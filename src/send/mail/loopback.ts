const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;

/** Whether a host is this machine: the only one that is spoken to without TLS. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}
