using System.Runtime.InteropServices;

namespace Karl.Tokenizers.Imaging.Internals.Vips;

/// <summary>The text of what went wrong last in libvips.</summary>
internal static class VipsErrors
{
    private const int LongestText = 200;

    /// <summary>Takes and clears the error text, as one line; it is shared by all threads, so another image's words may be among it.</summary>
    public static unsafe string Take()
    {
        nint text = VipsNative.TakeErrors();
        try
        {
            string[] lines = (Marshal.PtrToStringUTF8(text) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            string line = string.Join("; ", lines.Distinct());
            return line.Length == 0 ? "no reason given" : line.Length <= LongestText ? line : line[..LongestText] + "...";
        }
        finally
        {
            VipsNative.Free((void*)text);
        }
    }
}
