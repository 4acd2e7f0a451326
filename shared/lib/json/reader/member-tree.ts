/**
 * Says which members of a JSON value are wanted: all of it, or of objects those of some names, or of the items of lists some
 * members. What is wanted whole of a value includes all that is wanted of its parts.
 */
export class MemberTree {
  isWhole = false;
  readonly members = new Map<string, MemberTree>();
  /** Of each item of a list. One object counts as a list of one. */
  items: MemberTree | undefined;
  /** Any value but a list is wanted whole, since it may be a list in another form. */
  isWholeUnlessList = false;

  /** Wants the value at the end of a path whole. */
  add(steps: readonly string[]): this {
    const node = this.at(steps);
    if (node !== undefined) node.isWhole = true;
    return this;
  }

  /** Wants to know what stands at the end of a path: of an object, no member but what others want. */
  addShape(steps: readonly string[]): this {
    this.at(steps);
    return this;
  }

  /** Wants a list, of whose items nothing but what others want, and whole whatever stands in its place. */
  addList(steps: readonly string[]): this {
    const node = this.at(steps);
    if (node === undefined) return this;
    node.items ??= new MemberTree();
    node.isWholeUnlessList = true;
    return this;
  }

  /** Wants members of the items of the list at the end of a path. */
  addItems(steps: readonly string[], shape: MemberTree): this {
    const node = this.at(steps);
    if (node === undefined) return this;
    node.items ??= new MemberTree();
    node.items.addAll(shape);
    return this;
  }

  /** Wants what another tree wants as well. */
  addAll(other: MemberTree): this {
    this.isWhole ||= other.isWhole;
    this.isWholeUnlessList ||= other.isWholeUnlessList;
    for (const [key, tree] of other.members) this.below(key).addAll(tree);
    if (other.items !== undefined) {
      this.items ??= new MemberTree();
      this.items.addAll(other.items);
    }
    return this;
  }

  /** Whether whatever stands here is wanted as it is. */
  get takesAll(): boolean {
    return this.isWhole || this.items?.takesAll === true;
  }

  /** Wanted members of an object that stands here; undefined when all of it is wanted. */
  ofObject(): ReadonlyMap<string, MemberTree> | undefined {
    if (this.takesAll || this.isWholeUnlessList) return undefined;
    if (this.items === undefined) return this.members;
    const all = new MemberTree();
    for (const [key, tree] of [...this.members, ...this.items.members]) all.below(key).addAll(tree);
    return all.members;
  }

  /** Wanted of each item of a list that stands here; undefined when all of it is wanted, as where a member of it is. */
  ofList(): MemberTree | undefined {
    return this.takesAll || this.members.size > 0 ? undefined : this.items;
  }

  /** The tree at the end of a path; undefined behind `__proto__`, which is nobody's member. */
  private at(steps: readonly string[]): MemberTree | undefined {
    return steps.includes('__proto__') ? undefined : steps.reduce<MemberTree>((tree, step) => tree.below(step), this);
  }

  private below(key: string): MemberTree {
    let tree = this.members.get(key);
    if (tree === undefined) {
      tree = new MemberTree();
      this.members.set(key, tree);
    }
    return tree;
  }
}

/** A parsed JSON value without what is not wanted of it: the general rule, of which {@link createMemberReader} is the fast twin. */
export function project(value: unknown, tree: MemberTree): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = tree.ofList();
    return items === undefined ? value : value.map((item) => project(item, items));
  }
  const members = tree.ofObject();
  if (members === undefined) return value;
  const projected: Record<string, unknown> = {};
  for (const [key, below] of members) {
    if (Object.hasOwn(value, key)) projected[key] = project((value as Record<string, unknown>)[key], below);
  }
  return projected;
}
