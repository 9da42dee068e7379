import {
  ApiKey,
  CreatedApiKey,
  InvitedMember,
  Member,
  type NewApiKey,
  type NewMember,
  type Role,
} from "@stork/contract/access.ts";
import { Channel, ChannelTest, CreatedChannel, type NewChannel } from "@stork/contract/campaigns.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "../api/client.ts";
import { listOf } from "../api/list.ts";
import { useHere } from "../shell/session.tsx";

export function useMembers() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "members"],
    queryFn: ({ signal }) => api.get(here.at("/members"), listOf(Member), { signal }),
  });
}

export function useMemberActions() {
  const here = useHere();
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: [...here.key, "members"] });
  return {
    add: useMutation({
      mutationFn: (member: z.infer<typeof NewMember>) => api.post(here.at("/members"), InvitedMember, member),
      onSuccess,
    }),
    change: useMutation({
      mutationFn: ({ id, role }: { id: string; role: Role }) =>
        api.patch(here.at(`/members/${id}`), null, { role }),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (id: string) => api.remove(here.at(`/members/${id}`)), onSuccess }),
  };
}

export function useKeys() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "keys"],
    queryFn: ({ signal }) => api.get(here.at("/keys"), listOf(ApiKey), { signal }),
  });
}

export function useKeyActions() {
  const here = useHere();
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: [...here.key, "keys"] });
  return {
    make: useMutation({
      mutationFn: (key: z.infer<typeof NewApiKey>) => api.post(here.at("/keys"), CreatedApiKey, key),
      onSuccess,
    }),
    revoke: useMutation({ mutationFn: (id: string) => api.remove(here.at(`/keys/${id}`)), onSuccess }),
  };
}

export function useChannels() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "channels"],
    queryFn: ({ signal }) => api.get(here.at("/channels"), listOf(Channel), { signal }),
  });
}

export function useChannelActions() {
  const here = useHere();
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: [...here.key, "channels"] });
  return {
    make: useMutation({
      mutationFn: (channel: z.infer<typeof NewChannel>) =>
        api.post(here.at("/channels"), CreatedChannel, channel),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (id: string) => api.remove(here.at(`/channels/${id}`)), onSuccess }),
    test: useMutation({ mutationFn: (id: string) => api.post(here.at(`/channels/${id}/test`), ChannelTest) }),
  };
}

export const useSetPassword = () =>
  useMutation({ mutationFn: (password: string) => api.post("/api/v1/session/password", null, { password }) });
