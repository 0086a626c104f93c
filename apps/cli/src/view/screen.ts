/** The terminal while a live view has it: its second screen, its keys, and its way back whatever happens. */

const esc = "\u001b[";
const enter = `${esc}?1049h${esc}?25l`;
const leave = `${esc}?25h${esc}?1049l`;

/** What a screen calls. */
export interface ScreenEvents {
  /** A key was pressed; Ctrl-C comes as `"\u0003"`. */
  onKey(key: string): void;
  /** The terminal has another size. */
  onResize(): void;
}

/** Takes over a terminal until it is closed; the process's end closes it too. */
export class Screen {
  readonly #stream: NodeJS.WriteStream;
  readonly #keys: NodeJS.ReadStream | undefined;
  readonly #events: ScreenEvents;
  readonly #onData: (data: Buffer) => void;
  readonly #onExit: () => void;
  #isOpen = false;

  constructor(stream: NodeJS.WriteStream, keys: NodeJS.ReadStream, events: ScreenEvents) {
    this.#stream = stream;
    this.#keys = keys.isTTY ? keys : undefined;
    this.#events = events;
    this.#onData = (data) => {
      for (const key of data.toString("utf8")) events.onKey(key);
    };
    this.#onExit = () => this.close();
  }

  /** Whether keys can be listened to: standard input is a terminal too. */
  get hasKeys(): boolean {
    return this.#keys !== undefined;
  }

  /** Characters in a line. */
  get columns(): number {
    return this.#stream.columns || 80;
  }

  /** Lines. */
  get rows(): number {
    return this.#stream.rows || 24;
  }

  /** Takes the terminal over. */
  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#stream.write(enter);
    this.#stream.on("resize", this.#events.onResize);
    process.on("exit", this.#onExit);
    this.#keys?.setRawMode(true).resume().on("data", this.#onData);
  }

  /** Draws lines from the top; what stood there before goes. */
  draw(lines: readonly string[]): void {
    if (!this.#isOpen) return;
    const text = lines.map((line) => `${line}${esc}K`).join("\r\n");
    // In one write between the marks of a synchronized update, so that nothing flickers where terminals know them.
    this.#stream.write(`${esc}?2026h${esc}H${text}${esc}J${esc}?2026l`);
  }

  /** Lets the shell have the terminal until it brings the process to the foreground again, as Ctrl-Z does elsewhere. */
  suspend(): void {
    // Windows has no such signal.
    if (process.platform === "win32") return;
    this.close();
    process.once("SIGCONT", () => {
      this.open();
      this.#events.onResize();
    });
    process.kill(process.pid, "SIGTSTP");
  }

  /** Gives the terminal back as it was. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#keys?.off("data", this.#onData).pause().setRawMode(false);
    this.#stream.off("resize", this.#events.onResize);
    process.off("exit", this.#onExit);
    this.#stream.write(leave);
  }
}
