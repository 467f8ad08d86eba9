export type DoorFunction = (
  request: Request,
  context: { params: Promise<Record<string, string | string[]>> },
) => Promise<Response>;

export interface DoorModule {
  /** The folders below `app`, as Next names them: `["api", "project", "[code]"]`. */
  segments: readonly string[];
  methods: Readonly<Record<string, unknown>>;
}

export interface Match {
  methods: Readonly<Record<string, unknown>>;
  params: Record<string, string | string[]>;
}

interface Branch {
  named: Map<string, Branch>;
  param?: { name: string; branch: Branch };
  rest?: { name: string; optional: boolean; methods: DoorModule["methods"] };
  methods?: DoorModule["methods"];
}

const NO_PARAMS: Record<string, string | string[]> = Object.freeze({});

/** Finds a door by its path as Next would: a plain segment before `[one]`, that before `[...many]`. */
export class Router {
  readonly #plain = new Map<string, Match>();
  readonly #root: Branch = { named: new Map() };

  constructor(doors: readonly DoorModule[]) {
    for (const door of doors) this.#add(door);
  }

  /** `pathname` as it stands in the request line, without a query; null where there is no door. */
  find(pathname: string): Match | null {
    const path = pathname.length > 1 && pathname.endsWith("/") ? pathname.slice(0, -1) : pathname;
    const plain = this.#plain.get(path);
    if (plain) return plain;
    let segments: string[];
    try {
      segments = path.slice(1).split("/").map(decodeURIComponent);
    } catch {
      return null;
    }
    return descend(this.#root, segments, 0, {});
  }

  #add({ segments, methods }: DoorModule): void {
    if (segments.every((segment) => !segment.startsWith("["))) {
      this.#plain.set(`/${segments.join("/")}`, { methods, params: NO_PARAMS });
    }
    let branch = this.#root;
    for (const segment of segments) {
      const many = /^(\[?)\[\.\.\.(.+?)\]\]?$/.exec(segment);
      if (many) {
        branch.rest = { name: many[2] as string, optional: many[1] === "[", methods };
        return;
      }
      const one = /^\[(.+)\]$/.exec(segment)?.[1];
      if (one) branch = (branch.param ??= { name: one, branch: { named: new Map() } }).branch;
      else branch = branch.named.get(segment) ?? grow(branch, segment);
    }
    branch.methods = methods;
  }
}

function grow(branch: Branch, segment: string): Branch {
  const next: Branch = { named: new Map() };
  branch.named.set(segment, next);
  return next;
}

function descend(branch: Branch, segments: string[], at: number, params: Match["params"]): Match | null {
  const segment = segments[at];
  if (segment === undefined) {
    if (branch.methods) return { methods: branch.methods, params };
    return branch.rest?.optional ? { methods: branch.rest.methods, params } : null;
  }
  const named = branch.named.get(segment);
  const { param, rest } = branch;
  return (
    (named && descend(named, segments, at + 1, params)) ??
    (param && segment !== ""
      ? descend(param.branch, segments, at + 1, { ...params, [param.name]: segment })
      : null) ??
    (rest ? { methods: rest.methods, params: { ...params, [rest.name]: segments.slice(at) } } : null)
  );
}
