using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Http;

/// <summary>Answers in JSON, one line each.</summary>
internal static class JsonAnswer
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/json";

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers with what <paramref name="write"/> writes.</summary>
    public static Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write) => WriteAsync(context, MediaType, write);

    /// <summary>The same with a media type.</summary>
    public static Task WriteAsync(HttpContext context, string mediaType, Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Writing))
        {
            write(json);
        }

        buffer.Write("\n"u8);
        return BytesAnswer.WriteAsync(context, mediaType, buffer.WrittenMemory);
    }
}
