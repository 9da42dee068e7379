export function LineageView(_: { entry: string | null }) {
  return null;
}
