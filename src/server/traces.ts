import type { Door } from './door.js';
import type { RequestRecord } from './request-record.js';

/** A request that has been answered; times are of `performance.now()`. */
export interface TracedRequest {
  readonly record: RequestRecord;
  readonly door: Door;
  readonly method: string;
  readonly status: number;
  readonly endedAt: number;
  /** The caller's `traceparent` header (W3C Trace Context). */
  readonly parent: string | readonly string[] | undefined;
}

export interface Traces {
  readonly request: (request: TracedRequest) => void;
  /** Sends what is still waiting. */
  readonly stop: () => Promise<void>;
}

/**
 * Sends a span per request, and in it one per operation, to an OpenTelemetry collector (OTLP over HTTP, JSON). Nothing of OpenTelemetry is
 * loaded before this is called. The exporter reads further settings of its own: `OTEL_EXPORTER_OTLP_HEADERS`, `…_TIMEOUT`.
 * @param endpoint base URL of the collector, e.g. `http://127.0.0.1:4318`.
 */
export async function startTraces(endpoint: string): Promise<Traces> {
  const [
    { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace },
    { W3CTraceContextPropagator },
    { resourceFromAttributes },
    { BasicTracerProvider, BatchSpanProcessor },
    { OTLPTraceExporter },
  ] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/core'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/(?<!\/)\/+$/, '')}/v1/traces`,
  });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'steward' }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('steward');
  const propagator = new W3CTraceContextPropagator();
  const getter = {
    keys: (carrier: object) => Object.keys(carrier),
    get: (carrier: Readonly<Record<string, string | undefined>>, key: string) => carrier[key],
  };
  const clock = (at: number): number => performance.timeOrigin + at;
  return {
    request: ({ record, door, method, status, endedAt, parent }) => {
      const outer = propagator.extract(
        ROOT_CONTEXT,
        { traceparent: typeof parent === 'string' ? parent : undefined },
        getter,
      );
      const attributes = {
        'http.request.method': method,
        'http.response.status_code': status,
        'steward.door': door,
        'steward.request_id': record.requestId,
      };
      const span = tracer.startSpan(
        `${method} ${door}`,
        { kind: SpanKind.SERVER, startTime: clock(record.startedAt), attributes },
        outer,
      );
      for (const { name, code, startedAt, endedAt: operationEnd } of record.operations) {
        const inner = tracer.startSpan(
          name,
          {
            startTime: clock(startedAt),
            attributes: code === undefined ? {} : { 'steward.error_code': code },
          },
          trace.setSpan(outer, span),
        );
        inner.end(clock(operationEnd));
      }
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(clock(endedAt));
    },
    stop: () => provider.shutdown(),
  };
}
