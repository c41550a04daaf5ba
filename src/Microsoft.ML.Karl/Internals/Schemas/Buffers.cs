using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Schemas;

/// <summary>Fills ML.NET's vectors, whose memory is used again from row to row.</summary>
internal static class Buffers
{
    public static void Set<T>(ref VBuffer<T> buffer, ReadOnlySpan<T> values)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref buffer, values.Length);
        values.CopyTo(editor.Values);
        buffer = editor.Commit();
    }

    public static Span<T> Resize<T>(ref VBuffer<T> buffer, int length)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref buffer, length);
        buffer = editor.Commit();
        return editor.Values;
    }
}
