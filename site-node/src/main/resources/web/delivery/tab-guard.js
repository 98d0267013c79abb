// One page of a sitting writes on one machine: the browser's own lock tells two tabs apart, the node's
// right to write tells two machines apart.

// Resolves to true when this tab may write. lost() is called when another tab takes over later.
export function guardTab(sitting, { steal = false, lost }) {
  const name = `invigil.sitting.${sitting}`;
  return new Promise((answer) => {
    navigator.locks
      .request(name, steal ? { steal: true } : { ifAvailable: true }, (lock) => {
        answer(lock !== null);
        // held as long as this page lives
        return lock === null ? undefined : new Promise(() => {});
      })
      .catch(() => lost());
  });
}
