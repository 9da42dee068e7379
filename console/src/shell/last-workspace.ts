const key = "stork.workspace";

/** The workspace last looked at, so that `/` leads back to it. */
export const rememberWorkspace = (slug: string): void => localStorage.setItem(key, slug);
export const lastWorkspace = (): string | null => localStorage.getItem(key);
