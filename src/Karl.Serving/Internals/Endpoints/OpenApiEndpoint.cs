using System.Text;
using Karl.Serving.Internals.Description;
using Karl.Serving.Internals.Http;
using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Endpoints;

/// <summary><c>GET /openapi.json</c>: what there is.</summary>
internal sealed class OpenApiEndpoint : IEndpoint
{
    private readonly byte[] _document;

    public OpenApiEndpoint(IEnumerable<EndpointDescription> others) =>
        _document = Encoding.UTF8.GetBytes(OpenApiDocument.Of([.. others, Description]).ToJsonString() + "\n");

    /// <inheritdoc/>
    public EndpointDescription Description { get; } =
        new(HttpMethods.Get, "/openapi.json", "This description.", new AnswerDescription(JsonAnswer.MediaType, null, "An OpenAPI 3.1 document."));

    /// <inheritdoc/>
    public Task AnswerAsync(HttpContext context) => BytesAnswer.WriteAsync(context, JsonAnswer.MediaType, _document);
}
