/** English of a room's messages: every Chinese key, and where English needs a singular, the key with `_one`. */
export type English<Zh> = { [K in keyof Zh]: string } & { [K in keyof Zh & string as `${K}_one`]?: string };
