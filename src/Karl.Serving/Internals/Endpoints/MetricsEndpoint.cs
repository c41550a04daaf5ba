using System.Text;
using Karl.Serving.Internals.Description;
using Karl.Serving.Internals.Http;
using Karl.Serving.Internals.Metrics;
using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Endpoints;

/// <summary><c>GET /metrics</c>: what the server has counted, for Prometheus.</summary>
internal sealed class MetricsEndpoint(ServingState state) : IEndpoint
{
    /// <inheritdoc/>
    public EndpointDescription Description { get; } =
        new(HttpMethods.Get, "/metrics", "What the server has counted, as Prometheus reads it.", new AnswerDescription("text/plain", null, "Metrics in the text format 0.0.4."));

    /// <inheritdoc/>
    public Task AnswerAsync(HttpContext context) => BytesAnswer.WriteAsync(context, PrometheusText.MediaType, Encoding.UTF8.GetBytes(state.Metrics.ToString()));
}
