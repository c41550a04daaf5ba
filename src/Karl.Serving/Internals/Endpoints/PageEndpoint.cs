using System.Security.Cryptography;
using Karl.Serving.Internals.Description;
using Karl.Serving.Internals.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Karl.Serving.Internals.Endpoints;

/// <summary>A file of the page, out of the assembly; it is sent again only when it has changed.</summary>
internal sealed class PageEndpoint : IEndpoint
{
    private const string Folder = "page/", Start = "index.html";
    private readonly byte[] _content;
    private readonly string _mediaType;
    private readonly EntityTagHeaderValue _tag;

    private PageEndpoint(string name, byte[] content)
    {
        _content = content;
        _mediaType = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            string other => throw new InvalidOperationException($"The page has a file '{name}'; its media type is not known ({other})."),
        };
        _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}\"");
        Description = new EndpointDescription(
            HttpMethods.Get, name == Start ? "/" : $"/page/{name}", name == Start ? "The page to look at." : "A file of the page.", new AnswerDescription(_mediaType.Split(';')[0], null, "The file."));
    }

    /// <inheritdoc/>
    public EndpointDescription Description { get; }

    /// <summary>All files of the page.</summary>
    public static IEnumerable<PageEndpoint> All() =>
        typeof(PageEndpoint).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read);

    /// <inheritdoc/>
    public Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.GetTypedHeaders().ETag = _tag;
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(_tag, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return BytesAnswer.WriteAsync(context, _mediaType, _content);
    }

    private static PageEndpoint Read(string name)
    {
        using Stream stream = typeof(PageEndpoint).Assembly.GetManifestResourceStream(name)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new PageEndpoint(name[Folder.Length..], content);
    }
}
