using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;

namespace Karl.Export.Verification;

/// <summary>The images that a recording was made with.</summary>
/// <param name="Name">How messages call their file.</param>
/// <param name="Array">float32 <c>[count, 3, size, size]</c>, RGB, 0 to 1.</param>
internal sealed record RecordedImages(string Name, NpyArray Array)
{
    private const int LargestFile = 1 << 30;

    /// <summary>How many there are.</summary>
    public long Count => Array.Shape[0];

    /// <summary>Reads them.</summary>
    /// <exception cref="KarlFormatException">They are none, or of another size.</exception>
    public static RecordedImages Read(string path, int size)
    {
        var images = NpyArray.Load(path, LargestFile);
        return images.Type == ArrayElementType.Float32 && images.Shape is [_, 3, var height, var width] && height == size && width == size
            ? new(Path.GetFileName(path), images)
            : throw new KarlFormatException($"'{Path.GetFileName(path)}' is {images}; Float32 [count, 3, {size}, {size}] was expected: the images that the recording was made with.");
    }
}
