// Asks the browser not to clear what is kept here. Asked once somebody has written: before that it has no reason to say yes.

export async function askToPersist() {
  const storage = navigator.storage;
  if (!storage?.persist) return false;
  return (await storage.persisted()) || storage.persist();
}
