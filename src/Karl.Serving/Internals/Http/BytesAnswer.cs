using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Http;

/// <summary>Answers that are there whole.</summary>
internal static class BytesAnswer
{
    /// <summary>Answers with bytes.</summary>
    public static async Task WriteAsync(HttpContext context, string mediaType, ReadOnlyMemory<byte> bytes)
    {
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
        }
    }
}
