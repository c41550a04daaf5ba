using System.Collections.Concurrent;
using Karl.Serving.Internals.Description;
using Karl.Serving.Internals.Http;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;
using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Endpoints;

/// <summary><c>GET /v1/samples/{name}</c>: one of the pictures, drawn when it is first asked for.</summary>
internal sealed class SampleEndpoint : IEndpoint
{
    private const int Side = 256;
    private const string Png = "image/png", NameParameter = "name";
    private readonly ConcurrentDictionary<string, Lazy<byte[]>> _drawn = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public EndpointDescription Description { get; } = new(HttpMethods.Get, "/v1/samples/{name}", "Draws a picture.", new AnswerDescription(Png, null, "The picture, 256 x 256."))
    {
        Parameters = [new ParameterDescription(NameParameter, "string", "A name as /v1/samples lists it.", IsInPath: true)],
    };

    /// <inheritdoc/>
    public Task AnswerAsync(HttpContext context)
    {
        string name = (string)context.Request.RouteValues[NameParameter]!;
        DemonstrationImage image = DemonstrationImages.All.FirstOrDefault(image => image.Name == name)
            ?? throw new ProblemException(
                StatusCodes.Status404NotFound, "sample", $"There is no sample '{name}'; there is {string.Join(", ", DemonstrationImages.All.Select(known => known.Name))}.");
        byte[] png = _drawn.GetOrAdd(image.Name, _ => new Lazy<byte[]>(() => ImageWriter.EncodePng(image.Draw(Side)))).Value;
        context.Response.Headers.CacheControl = "max-age=3600";
        return BytesAnswer.WriteAsync(context, Png, png);
    }
}
