/** Waits until something holds; gives up only when it would never come about, whatever the machine is busy with. */
export async function until(holds: () => boolean | Promise<boolean>, mostMs = 60_000): Promise<void> {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > mostMs) throw new Error(`it never came to hold: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
