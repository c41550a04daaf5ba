using Karl.Serving.Internals.Description;
using Karl.Serving.Internals.Http;
using Karl.Tokenizers.Demonstration;
using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Endpoints;

/// <summary><c>GET /v1/samples</c>: pictures of our own to try.</summary>
internal sealed class SamplesEndpoint : IEndpoint
{
    /// <inheritdoc/>
    public EndpointDescription Description { get; } =
        new(HttpMethods.Get, "/v1/samples", "Lists drawn pictures, to try.", new AnswerDescription(JsonAnswer.MediaType, Schemas.Samples, "The pictures."));

    /// <inheritdoc/>
    public Task AnswerAsync(HttpContext context) => JsonAnswer.WriteAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("samples");
        foreach (DemonstrationImage image in DemonstrationImages.All)
        {
            json.WriteStartObject();
            json.WriteString("name", image.Name);
            json.WriteString("description", image.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
