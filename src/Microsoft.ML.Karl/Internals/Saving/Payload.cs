using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>Settings and bytes as texts, which is how they travel in a saved pipeline: the first text is the settings, the others are the bytes in base 64.</summary>
/// <remarks>ML.NET hands texts on by reference, so a row that carries a large model costs nothing.</remarks>
internal static class Payload
{
    /// <summary>How many texts there are.</summary>
    public const int Count = 1 + Pieces;

    private const int Pieces = 64;
    private const int BytesOfGroup = 3;

    public static string[] Write(string settings, byte[] bytes)
    {
        int length = (bytes.Length + Pieces - 1) / Pieces;
        length += (BytesOfGroup - (length % BytesOfGroup)) % BytesOfGroup;
        string[] texts = new string[Count];
        texts[0] = settings;
        for (int piece = 0; piece < Pieces; piece++)
        {
            int start = Math.Min(bytes.Length, piece * length);
            texts[piece + 1] = Convert.ToBase64String(bytes, start, Math.Min(length, bytes.Length - start));
        }

        return texts;
    }

    public static string Settings(in VBuffer<ReadOnlyMemory<char>> texts) => Checked(texts)[0].ToString();

    public static byte[] Bytes(in VBuffer<ReadOnlyMemory<char>> texts)
    {
        ReadOnlySpan<ReadOnlyMemory<char>> pieces = Checked(texts)[1..];
        long characters = 0;
        foreach (ReadOnlyMemory<char> piece in pieces)
        {
            characters += piece.Length;
        }

        byte[] bytes = new byte[characters / 4 * BytesOfGroup];
        int length = 0;
        foreach (ReadOnlyMemory<char> piece in pieces)
        {
            if (!Convert.TryFromBase64Chars(piece.Span, bytes.AsSpan(length), out int written))
            {
                throw new FormatException("The saved pipeline is damaged: what should hold its model is no text in base 64. Save it again.");
            }

            length += written;
        }

        Array.Resize(ref bytes, length);
        return bytes;
    }

    /// <summary>What tells two payloads apart without reading them: the object behind the settings.</summary>
    public static object Identity(in VBuffer<ReadOnlyMemory<char>> texts)
    {
        ReadOnlyMemory<char> settings = Checked(texts)[0];
        if (MemoryMarshal.TryGetString(settings, out string? text, out _, out _))
        {
            return text;
        }

        return MemoryMarshal.TryGetArray(settings, out ArraySegment<char> array) && array.Array is not null ? array.Array : settings.ToString();
    }

    private static ReadOnlySpan<ReadOnlyMemory<char>> Checked(in VBuffer<ReadOnlyMemory<char>> texts) => texts.Length == Count && texts.IsDense
        ? texts.GetValues()
        : throw new FormatException($"The saved pipeline is damaged: its model is in {texts.Length} texts; {Count} were expected. Save it again.");
}
