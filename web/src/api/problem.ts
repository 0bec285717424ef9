import type { FieldError, Problem } from "./types";

/** What the server answered instead of a result, or that it could not be reached. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId: string | undefined,
    readonly fields: readonly FieldError[],
    /** The whole problem document: a 412 carries both versions in it. */
    readonly body: unknown,
  ) {
    super(message);
  }

  /** No answer at all: the network, or a server that is not there. */
  get isOffline(): boolean {
    return this.status === 0;
  }

  get isStale(): boolean {
    return this.status === 412;
  }

  /** It will be over without anybody changing anything: silence, or a part of the server that is away. */
  get isPassing(): boolean {
    return this.isOffline || this.status >= 502;
  }

  /** The part of the server that is away, where the server says which. */
  get target(): string | undefined {
    const { body } = this;
    return typeof body === "object" && body !== null && "target" in body && typeof body.target === "string" ? body.target : undefined;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "detail" in body;
}

export function toApiError(status: number, body: unknown): ApiError {
  if (isProblem(body)) {
    return new ApiError(status, body.code, body.detail, body.requestId, body.errors ?? [], body);
  }
  return new ApiError(status, "unexpected-answer", `The server answered ${status} without saying why.`, undefined, [], body);
}

export function offlineError(): ApiError {
  return new ApiError(0, "offline", "The server cannot be reached.", undefined, [], undefined);
}

export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(-1, "client", error instanceof Error ? error.message : String(error), undefined, [], undefined);
}
