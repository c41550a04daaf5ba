using Karl.Serving.Internals.Description;
using Karl.Serving.Internals.Http;
using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Endpoints;

/// <summary><c>GET /healthz/live</c> and <c>/healthz/ready</c>, and <c>/healthz</c>, which is the latter: whether the process answers, and whether it takes work.</summary>
internal sealed class HealthEndpoint(ServingState state, string path, bool isLiveness) : IEndpoint
{
    /// <inheritdoc/>
    public EndpointDescription Description { get; } = new(
        HttpMethods.Get,
        path,
        isLiveness ? "Says that the process answers." : "Says whether the server takes work: 200 while it does, 503 while it is full or being stopped.",
        new AnswerDescription(JsonAnswer.MediaType, Schemas.Health, "All is well."));

    /// <inheritdoc/>
    public Task AnswerAsync(HttpContext context)
    {
        if (!isLiveness && state.IsStopping)
        {
            throw ProblemException.Stopping();
        }

        if (!isLiveness && state.Queue.IsFull)
        {
            throw ProblemException.Busy();
        }

        return JsonAnswer.WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("status", isLiveness ? "live" : "ready");
            json.WriteNumber("waiting", state.Queue.Waiting);
            json.WriteEndObject();
        });
    }
}
