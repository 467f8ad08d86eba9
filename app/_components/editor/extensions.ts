import { type AnyExtension, mergeAttributes, Node } from "@tiptap/core";
import Image from "@tiptap/extension-image";
import StarterKit from "@tiptap/starter-kit";
import { LongTexts } from "./long-texts";
import { ToolRanges } from "./tool-ranges";
import { codeOfReference, pictureAddress } from "@/lib/contract/picture-reference";
import { isLinkTarget } from "./markdown/block-from-markdown";

/** Markdown that the editor does not hold otherwise, shown and kept as it was written. */
const AsWritten = Node.create({
  name: "asWritten",
  group: "block",
  content: "text*",
  marks: "",
  code: true,
  defining: true,
  parseHTML: () => [{ tag: "pre[data-as-written]", preserveWhitespace: "full", priority: 100 }],
  renderHTML: ({ HTMLAttributes }) => ["pre", mergeAttributes(HTMLAttributes, { "data-as-written": "" }), 0],
});

/** A picture in a line of text. What is stored is its reference; what is shown is decided in one place. */
const Picture = Image.extend({
  parseHTML: () => [
    {
      tag: "img",
      getAttrs: (element) => {
        const src = element.getAttribute("data-src") ?? element.getAttribute("src") ?? "";
        return sourceOf(src) === null ? false : { src };
      },
    },
  ],
  renderHTML({ HTMLAttributes: { src, alt, title } }) {
    const reference = String(src ?? "");
    const address = sourceOf(reference);
    const words = typeof alt === "string" ? alt : "";
    if (address === null) return ["span", { "data-no-picture": "" }, words === "" ? reference : words];
    const named = typeof title === "string" ? { title } : {};
    return [
      "img",
      {
        ...named,
        src: address,
        alt: words,
        "data-src": reference,
        referrerpolicy: "no-referrer",
        decoding: "async",
      },
    ];
  },
});

/** What stands in `src` of the `<img>` of a picture in a text, or null where nothing may be shown. */
function sourceOf(target: string): string | null {
  const code = codeOfReference(target);
  if (code !== null) return pictureAddress(code);
  return /^https:\/\/\S+$/i.test(target) ? target : null;
}

/** What a text can hold: what Markdown can say, and no more. */
export function editorExtensions(): AnyExtension[] {
  return [
    StarterKit.configure({
      underline: false,
      // A line for the cursor that is dragged has its colour from the style sheet.
      dropcursor: { color: false, class: "drop-cursor" },
      link: {
        openOnClick: false,
        defaultProtocol: "https",
        isAllowedUri: (url) => isLinkTarget(url),
        HTMLAttributes: { rel: "noopener noreferrer nofollow", target: null },
      },
    }),
    Picture.configure({ inline: true }),
    AsWritten,
    ToolRanges,
    LongTexts,
  ];
}
