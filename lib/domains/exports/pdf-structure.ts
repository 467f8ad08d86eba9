import "server-only";

/** What a stretch of text is to a reader that speaks it: names of PDF's own. */
export type TagType =
  | ("Document" | "TOC" | "TOCI" | "P" | "BlockQuote" | "L" | "LI" | "Lbl" | "LBody" | "Link" | "Code")
  | ("H1" | "H2" | "H3" | "H4" | "H5" | "H6" | "Table" | "TR" | "TH" | "TD" | "Figure");

interface Ref {
  readonly data: Record<string, unknown>;
  end(): void;
}

/** One element of the tree. */
export interface Tag {
  readonly type: TagType;
  readonly ref: Ref;
  readonly kids: unknown[];
  page: unknown;
}

/** What of a pdfkit document its types keep to themselves. */
interface Inner {
  readonly _root: { readonly data: Record<string, unknown> };
  readonly page: { readonly dictionary: Ref; readonly annotations: unknown[] };
  ref(data: Record<string, unknown>): Ref;
}

/**
 * The tree of a tagged PDF: headings, paragraphs, lists, tables and figures in the order of reading, for those who listen
 * to a text and for programs that reflow it. Written by hand: pdfkit's own takes an object with parents, children and
 * closures for each of a book's ten thousand paragraphs.
 */
export class PdfStructure {
  private readonly inner: Inner;
  private readonly tags: Tag[] = [];
  private readonly root: Ref;
  /** What each page's marks, and each link, belong to. */
  private readonly owners: (Ref | Ref[])[] = [];
  private readonly keys = new Map<Ref, number>();
  readonly document: Tag;

  constructor(pdf: PDFKit.PDFDocument) {
    this.inner = pdf as unknown as Inner; // the one place that reaches inside
    this.root = this.inner.ref({ Type: "StructTreeRoot" });
    this.document = this.make("Document", this.root);
    this.root.data.K = [this.document.ref];
  }

  /** A new last child. */
  add(type: TagType, parent: Tag, attributes: Record<string, unknown> = {}): Tag {
    const tag = this.make(type, parent.ref, attributes);
    parent.kids.push(tag.ref);
    return tag;
  }

  /** The number under which what is drawn next on this page belongs to the tag. */
  mark(tag: Tag): number {
    const page = this.inner.page.dictionary;
    let key = this.keys.get(page);
    if (key === undefined) {
      key = this.owners.push([]) - 1;
      this.keys.set(page, key);
      page.data.StructParents = key;
      page.data.Tabs = "S";
    }
    const marks = this.owners[key] as Ref[]; // pages have lists
    const id = marks.push(tag.ref) - 1;
    if (tag.page === null) {
      tag.page = page;
      tag.ref.data.Pg = page;
    }
    tag.kids.push(tag.page === page ? id : { Type: "MCR", Pg: page, MCID: id });
    return id;
  }

  /** What an annotation that is about to be made on this page says of its place in the tree. */
  nextAnnotation(tag: Tag): { StructParent: number } {
    return { StructParent: this.owners.push(tag.ref) - 1 };
  }

  /** Hangs the annotation that was just made on this page into the tree. */
  takeAnnotation(tag: Tag): void {
    const { annotations, dictionary } = this.inner.page;
    tag.kids.push({ Type: "OBJR", Obj: annotations.at(-1), Pg: dictionary });
  }

  /** Writes the tree. */
  end(): void {
    for (const { ref, kids } of this.tags) {
      ref.data.K = kids;
      ref.end();
    }
    const numbers = this.owners.flatMap((owner, key) => [key, owner]);
    this.root.data.ParentTree = { Nums: numbers };
    this.root.data.ParentTreeNextKey = this.owners.length;
    // pdfkit writes these two with the rest of the catalogue.
    this.inner._root.data.StructTreeRoot = this.root;
    this.inner._root.data.MarkInfo = this.inner.ref({ Marked: true });
  }

  private make(type: TagType, parent: Ref, attributes: Record<string, unknown> = {}): Tag {
    const ref = this.inner.ref({ S: type, P: parent, ...attributes });
    const tag: Tag = { type, ref, kids: [], page: null };
    this.tags.push(tag);
    return tag;
  }
}
