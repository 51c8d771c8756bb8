/** Locks that the pages of an origin share. What they are for is not said here. */

/** Web Locks, where this page may use them. */
export function locks(): LockManager | undefined {
  try {
    return (navigator as Partial<Navigator>).locks;
  } catch {
    return undefined;
  }
}

/** A lock request that ends when the lock does; without locks it never begins. */
export async function ask<T>(name: string, options: LockOptions, hold: (lock: Lock | null) => Promise<T>): Promise<T | undefined> {
  return locks()?.request(name, options, hold);
}
