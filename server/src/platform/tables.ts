import type { ColumnType, Generated, JSONColumnType } from "kysely";

type Made = ColumnType<Date, Date | string | undefined, Date | string>;
type Json<T = unknown> = JSONColumnType<T & object, string, string>;

/** The tables of migrations/postgres, column by column. bigint arrives as number, date as YYYY-MM-DD. */
export interface Tables {
  user: {
    id: string;
    name: string;
    email: string;
    emailVerified: Generated<boolean>;
    image: string | null;
    createdAt: Made;
    updatedAt: Made;
  };
  session: {
    id: string;
    expiresAt: Date;
    token: string;
    createdAt: Made;
    updatedAt: Made;
    ipAddress: string | null;
    userAgent: string | null;
    userId: string;
    activeOrganizationId: string | null;
  };
  account: {
    id: string;
    accountId: string;
    providerId: string;
    userId: string;
    accessToken: string | null;
    refreshToken: string | null;
    idToken: string | null;
    accessTokenExpiresAt: Date | null;
    refreshTokenExpiresAt: Date | null;
    scope: string | null;
    password: string | null;
    createdAt: Made;
    updatedAt: Made;
  };
  organization: {
    id: string;
    name: string;
    slug: string;
    logo: string | null;
    createdAt: Made;
    metadata: string | null;
  };
  member: { id: string; organizationId: string; userId: string; role: string; createdAt: Made };
  sign_in_link: { token_hash: Buffer; user_id: string; expires_at: Date; used_at: Date | null };
  workspace: {
    id: Generated<number>;
    slug: string;
    name: string;
    organization_id: string;
    time_zone: Generated<string>;
    sealed_hash_key: Buffer;
    digest: Generated<string>;
    created_at: Made;
  };
  workspace_key: {
    workspace_id: number;
    version: number;
    cipher: string;
    sealed_key: Buffer | null;
    made_by: string;
    made_at: Date;
    active_at: Date;
    retired_at: Date | null;
    resealed: Generated<number>;
  };
  api_key: {
    id: Generated<string>;
    workspace_id: number | null;
    name: string;
    prefix: string;
    key_hash: Buffer;
    scopes: string[];
    created_by: string | null;
    created_at: Made;
    last_used_at: Date | null;
    revoked_at: Date | null;
  };
  instance: { key: string; value: ColumnType<unknown, string, string> };
  node: {
    id: number;
    workspace_id: number;
    namespace: string;
    value_hash: Buffer;
    sealed_value: Buffer;
    mask_hash: Buffer | null;
    person: number;
    source_id: number | null;
    created_at: Made;
  };
  edge: {
    workspace_id: number;
    a: number;
    b: number;
    rule: string;
    source_id: number | null;
    message: string | null;
    at: Date;
    state: Generated<string>;
    decision: number | null;
  };
  person_move: { seq: Generated<number>; workspace_id: number; node: number; person: number; at: Made };
  vault_trait: {
    workspace_id: number;
    node: number;
    key: string;
    sealed_value: Buffer;
    look_hash: Buffer | null;
    at: Date;
    import: Generated<number>;
  };
  trait_again: { import: number; part: number; key: string; nodes: number[]; ms: number[] };
  trait_holder: { import: number; holder: string };
  trait_taken: { import: number };
  family_carer: {
    workspace_id: number;
    node: number;
    family: number;
    role: Generated<string>;
    how: Generated<string>;
    said_by: string | null;
    since: Date | null;
  };
  child: {
    id: Generated<number>;
    workspace_id: number;
    node: number;
    key: string;
    born_on: string | null;
    due_on: string | null;
    gender: string | null;
    gender_code: string | null;
    sealed_name: Buffer | null;
    source: Generated<string>;
    confidence: Generated<number>;
    marks: Generated<string[]>;
    stated_by: string;
    stated_at: Date;
    removed_at: Date | null;
    version: Generated<number>;
  };
  consent: {
    id: Generated<number>;
    workspace_id: number;
    node: number;
    purpose: string;
    state: string;
    said_by: string;
    at: Date;
    channel: string | null;
    child: number | null;
    text_version: number | null;
    chained: Generated<boolean>;
  };
  silence_node: { silence_id: number; node: number };
  suppression: {
    workspace_id: number;
    namespace: string;
    value_hash: Buffer;
    reason: string;
    at: Date;
  };
  reveal_log: {
    id: Generated<number>;
    workspace_id: number;
    who: string;
    person: number;
    what: string;
    at: Made;
  };
  source: {
    id: Generated<number>;
    workspace_id: number;
    kind: string;
    name: string;
    write_key: string;
    created_at: Made;
    removed_at: Date | null;
    settings: ColumnType<unknown, string | null | undefined, string | null>;
    sealed_secret: Buffer | null;
  };
  import: {
    id: Generated<number>;
    workspace_id: number;
    source_id: number;
    preset: string;
    status: string;
    files: Json;
    mappings: ColumnType<unknown, string | null | undefined, string | null>;
    progress: ColumnType<unknown, string | undefined, string>;
    decisions: ColumnType<unknown, string | undefined, string>;
    error: ColumnType<unknown, string | null | undefined, string | null>;
    started_at: Made;
    finished_at: Date | null;
  };
  quarantine_waiting: { id: Generated<number>; import_id: number; items: number };
  segment: {
    id: Generated<number>;
    workspace_id: number;
    name: string;
    condition: Json;
    version: Generated<number>;
    fresh_at: Date | null;
    created_at: Made;
    removed_at: Date | null;
  };
  channel: {
    id: Generated<number>;
    workspace_id: number;
    kind: string;
    name: string;
    settings: Json;
    sealed_secret: Buffer | null;
    created_at: Made;
    removed_at: Date | null;
  };
  campaign: {
    id: Generated<number>;
    workspace_id: number;
    name: string;
    segment_id: number | null;
    journey_id: number | null;
    channel_id: number;
    subject: string;
    body: string;
    holdout_share: number;
    conversion_event: string;
    conversion_days: number;
    status: Generated<string>;
    seed: string;
    links: ColumnType<string[], string | undefined, string>;
    planned: Generated<boolean>;
    planned_to: Generated<number>;
    beat_at: Date | null;
    beat_by: string | null;
    created_at: Made;
    started_at: Date | null;
    finished_at: Date | null;
  };
  message: {
    id: Generated<number>;
    workspace_id: number;
    campaign_id: number;
    person: number;
    node: number | null;
    arm: string;
    reachable: Generated<boolean>;
    state: string;
    reason: string | null;
    attempts: Generated<number>;
    due_at: Date;
    owner: string | null;
    lease_until: Date | null;
    day: string | null;
    handed_at: Date | null;
    sent_at: Date | null;
    noted_at: Date | null;
    receipt: string | null;
    run_id: number | null;
    chosen_at: Date | null;
  };
}
