using System.Security.Cryptography;
using System.Text;
using Karl.Tokenizers.Imaging.Internals;

namespace Karl.Tokenizers.Imaging;

/// <summary>Finds image files by what people write: files, folders, and patterns with <c>*</c>, <c>?</c> and <c>**</c>.</summary>
/// <remarks>
/// A file that is named is taken whatever its name is, and also if it is not there, so that its absence is reported like other damage.
/// Folders are searched with all that is in them; they and patterns give files with one of the <see cref="Extensions"/>.
/// What begins with a dot is left out, and folders that are symbolic links are not searched, unless named.
/// </remarks>
public static class ImageFiles
{
    private static readonly string[] KnownExtensions = [".gif", ".jfif", ".jpe", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"];

    /// <summary>How the names of image files end; upper and lower case are the same.</summary>
    public static IReadOnlyList<string> Extensions => KnownExtensions;

    /// <summary>Whether a path contains <c>*</c> or <c>?</c> and nothing of that very name is there.</summary>
    public static bool IsPattern(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.AsSpan().IndexOfAny('*', '?') >= 0 && !Path.Exists(path);
    }

    /// <summary>Finds the files, each once, in an order that is the same on every machine: within a folder by name, files before folders.</summary>
    /// <param name="names">Files, folders and patterns.</param>
    /// <param name="report">Receives a line for each folder that cannot be read and each folder or pattern without an image; the rest goes on.</param>
    /// <returns>Paths as the names begin. Found while they are enumerated: memory is 16 bytes a file and the names in the folders that are open.</returns>
    public static IEnumerable<string> Find(IEnumerable<string> names, Action<string>? report = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        return FindAll(names, new FolderWalk(report ?? (_ => { })), report);
    }

    private static IEnumerable<string> FindAll(IEnumerable<string> names, FolderWalk walk, Action<string>? report)
    {
        HashSet<UInt128> seen = [];
        foreach (string name in names)
        {
            bool isFolder = Directory.Exists(name), isPattern = IsPattern(name);
            IEnumerable<string> paths = isFolder ? walk.Files(name) : isPattern ? walk.Matches(name) : [name];
            bool isEmpty = true;
            foreach (string path in isFolder || isPattern ? paths.Where(IsImage) : paths)
            {
                isEmpty = false;
                if (seen.Add(Key(Path.GetFullPath(path))))
                {
                    yield return path;
                }
            }

            if (isEmpty)
            {
                report?.Invoke(isFolder
                    ? $"Folder '{name}' holds no image ({string.Join(", ", KnownExtensions)})."
                    : $"'{name}' matches no image ({string.Join(", ", KnownExtensions)}).");
            }
        }
    }

    private static bool IsImage(string path) => KnownExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static UInt128 Key(string path)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(path), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
