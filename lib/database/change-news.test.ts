import { describe, expect, it } from "vitest";
import { ChangeNews } from "./change-news";

/** News whose messages are kept; `hold` keeps the next message under way until it is let go. */
function collecting() {
  const sent: string[][] = [];
  let gate: Promise<void> = Promise.resolve();
  const news = new ChangeNews(async (payloads) => {
    sent.push(payloads);
    await gate;
  });
  const told = () => sent.flat().flatMap((payload) => news.read(payload)?.people ?? []);
  const hold = () => {
    let letGo = (): void => undefined;
    gate = new Promise((resolve) => (letGo = resolve));
    return letGo;
  };
  return { news, sent, told, hold };
}

describe("news of changes", () => {
  it("reach this process at once, and the others once for each person", async () => {
    const { news, told } = collecting();
    const heard: string[] = [];
    const forget = news.listen((people) => heard.push(...people));
    news.tell(["a", "b"]);
    news.tell(["a"]);
    expect(heard).toEqual(["a", "b", "a"]);
    await news.flush();
    expect(told().sort()).toEqual(["a", "b"]);
    forget();
    news.tell(["c"]);
    expect(heard).toHaveLength(3);
  });

  it("collect while a message is under way, and none of them is lost", async () => {
    const { news, sent, told, hold } = collecting();
    const letGo = hold();
    news.tell(["first"]);
    const flushed = news.flush();
    for (let nth = 0; nth < 1_000; nth++) news.tell([`u${nth % 10}`]);
    expect(sent).toHaveLength(1);
    letGo();
    await flushed;
    await news.flush();
    expect(sent).toHaveLength(2);
    expect(told()).toHaveLength(11);
  });

  it("fit into what PostgreSQL takes, however many people and however long their ids are", async () => {
    const { news, sent, told } = collecting();
    const people = Array.from({ length: 1_000 }, (_, nth) => `${nth}-${'é"\\😀'.repeat(20)}`);
    news.tell(people);
    await news.flush();
    expect(sent).toHaveLength(1);
    for (const payload of sent.flat()) expect(Buffer.byteLength(payload)).toBeLessThan(8_000);
    expect(told()).toEqual(people);
  });

  it("go on after a message that could not be sent", async () => {
    let broken = true;
    const sent: string[] = [];
    const news = new ChangeNews((payloads) => {
      if (broken) return Promise.reject(new Error("the database is away"));
      sent.push(...payloads);
      return Promise.resolve();
    });
    news.tell(["lost"]);
    await news.flush();
    broken = false;
    news.tell(["found"]);
    await news.flush();
    expect(sent.flatMap((payload) => news.read(payload)?.people ?? [])).toEqual(["found"]);
  });

  it("are told apart from those of other processes, and from what is no news", () => {
    const { news } = collecting();
    const other = collecting();
    other.news.tell(["x"]);
    return other.news.flush().then(() => {
      const [payload = ""] = other.sent.flat();
      expect(news.read(payload)).toEqual({ own: false, people: ["x"] });
      expect(other.news.read(payload)).toEqual({ own: true, people: ["x"] });
      for (const nonsense of ["", "x", "{}", "7", '["a", 1]', "null"]) expect(news.read(nonsense)).toBeNull();
    });
  });
});
