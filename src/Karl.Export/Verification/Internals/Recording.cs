using System.Text.RegularExpressions;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Internals;

namespace Karl.Export.Verification.Internals;

/// <summary>A recording of the original implementation: its keys understood, its arrays read when they are needed.</summary>
internal sealed partial class Recording : IDisposable
{
    private const int LargestArray = 1 << 28;
    private static readonly (string Title, Regex Key)[] Families = [("ALIT", AlitKey()), ("One-D-Piece", OneDPieceKey()), ("KARL", KarlKey())];
    private readonly NpzArchive _archive;
    private readonly RecordingFormat _format;
    private readonly List<RecordedKey> _known = [];

    private Recording(NpzArchive archive, string name, RecordingFormat format)
    {
        _format = format;
        _archive = archive;
        Name = name;
        foreach (var text in archive.Keys)
        {
            if (format.TryParse(text, out var key))
            {
                _known.Add(key);
            }
            else if (text != RecordedNoise.Key)
            {
                Unknown.Add(text);
            }
        }
    }

    /// <summary>How messages call it: its file name.</summary>
    public string Name { get; }

    /// <summary>All keys, in the file's order.</summary>
    public IReadOnlyList<string> Keys => _archive.Keys;

    /// <summary>Keys whose meaning nobody knows.</summary>
    public HashSet<string> Unknown { get; } = new(StringComparer.Ordinal);

    /// <summary>Opens a recording.</summary>
    /// <exception cref="KarlFormatException">It is not an npz file, is damaged, or holds no recording of that family.</exception>
    public static Recording Open(string path, RecordingFormat format)
    {
        var archive = NpzArchive.Open(path, LargestArray);
        try
        {
            var recording = new Recording(archive, Path.GetFileName(path), format);
            recording.RefuseOthers();
            return recording;
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <summary>What has to be run, image by image.</summary>
    public IReadOnlyList<RecordedRun> Runs()
    {
        var runs = new List<RecordedRun>();
        foreach (var group in _known.GroupBy(key => (key.Image, key.Latent)).OrderBy(group => group.Key))
        {
            RecordedKey[] ofImage = [.. group.Where(key => key.Run is null)];
            List<RecordedRun> ofGroup =
            [
                .. group.Where(key => key.Run is not null).GroupBy(key => key.Run!.Value)
                    .Select(run => new RecordedRun(group.Key.Image, group.Key.Latent, run.Key, [.. run])),
            ];
            if (ofGroup.Count == 0)
            {
                ofGroup.Add(new RecordedRun(group.Key.Image, group.Key.Latent, _format.DefaultSettings, []));
            }

            ofGroup[0] = ofGroup[0] with { Keys = [.. ofGroup[0].Keys, .. ofImage] };
            runs.AddRange(ofGroup);
        }

        return runs;
    }

    /// <summary>The values under a key.</summary>
    /// <exception cref="KarlFormatException">They are damaged.</exception>
    public Numbers Read(RecordedKey key) => Numbers.From(_archive[key.Text]);

    /// <inheritdoc cref="RecordedNoise.Read"/>
    public float[] Noise(int image, int channels, int grid) => RecordedNoise.Read(_archive, Name, image, channels, grid);

    /// <summary>Refuses what cannot have been recorded from the model's architecture or of these images, before anything is run.</summary>
    /// <exception cref="KarlFormatException">Says what does not fit.</exception>
    public void CheckFits(Bundle bundle, RecordedImages images)
    {
        var manifest = bundle.Manifest;
        foreach (var (isWrong, reason) in _format.Misfits(bundle))
        {
            Refuse(isWrong, reason);
        }

        Refuse(key => key.Run?.Budget > manifest.MaximumBudget, $"was recorded with a larger budget than the {manifest.MaximumBudget} tokens of bundle '{bundle.Name}'");
        Refuse(key => key.Image >= images.Count, $"was recorded of an image that '{images.Name}' does not have: it holds {images.Count}");
        if (_known.Any(key => key.Latent == LatentChoice.Sample) && !_archive.Contains(RecordedNoise.Key))
        {
            throw new KarlFormatException($"Recording '{Name}': holds samples of a posterior but no '{RecordedNoise.Key}', without which they cannot be made again.");
        }

        void Refuse(Func<RecordedKey, bool> isWrong, string reason)
        {
            if (_known.FirstOrDefault(isWrong) is RecordedKey key)
            {
                throw new KarlFormatException($"Recording '{Name}': '{key.Text}' {reason}.");
            }
        }
    }

    public void Dispose() => _archive.Dispose();

    private void RefuseOthers()
    {
        var other = Families.FirstOrDefault(family => family.Title != _format.Title && Keys.Any(key => family.Key.IsMatch(key))).Title;
        var reason = other is not null ? $"It looks like one of {other}."
            : _known.Count > 0 ? null
            : Keys.Count == 0 ? "It is empty."
            : $"Its keys are such as '{Printable.Shorten(Keys[0])}'.";
        if (reason is not null)
        {
            throw new KarlFormatException($"'{Name}' is no recording of {_format.Title}. {reason} Keys such as '{_format.ExampleKey}' were expected.");
        }
    }

    [GeneratedRegex(@"\Aimg[0-9]+\.((mode|sample)\.)?b[0-9]+\.q")]
    private static partial Regex KarlKey();

    [GeneratedRegex(@"\Aimg[0-9]+\.(none|det|u)\.")]
    private static partial Regex AlitKey();

    [GeneratedRegex(@"\Aimg[0-9]+\.(z\z|z_quantized\z|len[0-9]+\.)")]
    private static partial Regex OneDPieceKey();
}
