using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Http;

/// <summary>What a request says that it brings. Images are told by their bytes, whatever a request calls them; only JSON is told by its name.</summary>
internal static class ContentTypes
{
    /// <summary>Whether it brings JSON.</summary>
    public static bool IsJson(this HttpRequest request) => request.ContentType?.StartsWith(JsonAnswer.MediaType, StringComparison.OrdinalIgnoreCase) ?? false;

    /// <summary>Refuses JSON.</summary>
    /// <exception cref="ProblemException">It is.</exception>
    public static void RequireNoJson(this HttpRequest request)
    {
        if (request.IsJson())
        {
            throw new ProblemException(
                StatusCodes.Status415UnsupportedMediaType, "type", $"{request.Path} takes an image, and {JsonAnswer.MediaType} was sent; /v1/reconstruct and /v1/explain take tokens.");
        }
    }

    /// <summary>Whether JSON is what the client wants back.</summary>
    public static bool WantsJson(this HttpRequest request) => request.Headers.Accept.ToString().Contains(JsonAnswer.MediaType, StringComparison.OrdinalIgnoreCase);
}
