using System.Security.Cryptography;
using Karl.Tokenizers.Bundles.Internals;
using Karl.Tokenizers.Families.Internals;
using Karl.Tokenizers.Internals;

namespace Karl.Tokenizers.Bundles;

/// <summary>Content of a bundle part that is still to be written.</summary>
/// <param name="Name">Name of the entry: letters, digits, dots, hyphens.</param>
/// <param name="Write">Streams the content; called once.</param>
public sealed record BundlePartSource(string Name, Action<Stream> Write)
{
    /// <summary>A part whose content is in memory.</summary>
    public static BundlePartSource FromBytes(string name, ReadOnlyMemory<byte> bytes) => new(name, stream => stream.Write(bytes.Span));
}

/// <summary>Writes model bundles: the same input gives the same bytes, and a bundle is there whole or not at all.</summary>
public static class BundleWriter
{
    private const int BufferLength = 1 << 20;

    /// <summary>Writes a bundle to a temporary file beside <paramref name="path"/>, and moves it there when it is whole.</summary>
    /// <param name="path">Where the bundle goes; an existing file is replaced.</param>
    /// <param name="manifest">What the bundle says about itself; its <see cref="BundleManifest.Parts"/> are ignored and filled in.</param>
    /// <param name="parts">The graphs, written in this order; each is streamed and never held in memory here.</param>
    /// <param name="cancellationToken">Stops between pieces; nothing remains.</param>
    /// <returns>The manifest as written, with the parts' hashes.</returns>
    /// <exception cref="ArgumentException">The manifest contradicts itself, or parts are missing or badly named; all problems are listed.</exception>
    public static BundleManifest Write(string path, BundleManifest manifest, IEnumerable<BundlePartSource> parts, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(parts);
        BundlePartSource[] sources = [.. parts];
        Check(manifest, sources);

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            BundleManifest written;
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferLength))
            {
                written = Write(stream, manifest, sources, cancellationToken);
            }

            File.Move(temporary, path, overwrite: true);
            return written;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static BundleManifest Write(Stream stream, BundleManifest manifest, BundlePartSource[] sources, CancellationToken cancellationToken)
    {
        ZipWriter zip = new(stream);
        List<BundlePart> parts = [];
        foreach (BundlePartSource source in sources)
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long bytes = zip.Add(source.Name, content =>
            {
                using ObservedStream observed = new(content, piece =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    hash.AppendData(piece);
                });
                source.Write(observed);
            });
            if (bytes > BundleLimits.LargestPart || stream.Position > BundleLimits.LargestBundle)
            {
                throw new IOException($"Bundle part '{source.Name}' has {bytes} bytes and ends at {stream.Position}; a part may have {BundleLimits.LargestPart} bytes and a bundle {BundleLimits.LargestBundle}.");
            }

            parts.Add(new BundlePart(source.Name, Convert.ToHexStringLower(hash.GetHashAndReset()), bytes));
        }

        BundleManifest written = manifest with { Parts = [.. parts] };
        zip.Add(BundleLimits.ManifestName, content => content.Write(ManifestJson.Write(written)));
        zip.Complete();
        return written;
    }

    private static void Check(BundleManifest manifest, BundlePartSource[] sources)
    {
        List<string> problems = [.. ManifestRules.Problems(manifest with { Parts = [] })];
        string[] names = [.. sources.Select(source => source.Name)];
        problems.AddRange(names.Where(name => !BundleLimits.IsPartName(name) || name == BundleLimits.ManifestName).Select(name => $"'{name}' cannot be the name of a part."));
        problems.AddRange(names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => $"Part '{group.Key}' is given twice."));
        problems.AddRange((ModelFamily.Find(manifest.Family)?.Parts ?? []).Except(names).Select(name => $"Part '{name}' is missing."));
        if (problems.Count > 0)
        {
            throw new ArgumentException("The bundle cannot be written: " + string.Join(" ", problems));
        }
    }
}
