import { Navigate, useLocation } from "react-router";
import { useHere } from "../shell/session.tsx";

/** Imports and sources had addresses of their own before the data room; links to them still arrive. */
export function MovedToData() {
  const here = useHere();
  const { pathname, search } = useLocation();
  const rest = pathname.split("/").slice(3).join("/");
  return <Navigate to={`${here.to(`/data/${rest}`)}${search}`} replace />;
}

/** `/data` opens on where the data comes from. */
export function DataFirst() {
  const here = useHere();
  return <Navigate to={here.to("/data/sources")} replace />;
}
