namespace Karl.Samples;

/// <summary>A row of a view: an image file, and the folder that it is in as its class.</summary>
internal sealed class ImageFile
{
    public string Path { get; set; } = string.Empty;

    public string Label { get; set; } = string.Empty;

    /// <summary>All images in a folder and those in it, in the order of their paths.</summary>
    public static ImageFile[] In(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => System.IO.Path.GetExtension(path).ToUpperInvariant() is ".JPG" or ".JPEG" or ".PNG" or ".WEBP")
            .Order(StringComparer.Ordinal)
            .Select(path => new ImageFile { Path = path, Label = Directory.GetParent(path)!.Name }),
    ];
}
