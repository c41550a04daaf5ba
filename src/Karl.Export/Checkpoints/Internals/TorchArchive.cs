using System.Globalization;
using System.Text;
using Karl.Export.Checkpoints.Internals.Pickles;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Arrays.Internals;
using Karl.Tokenizers.Internals;

namespace Karl.Export.Checkpoints.Internals;

/// <summary>The zip archive that <c>torch.save</c> writes: one folder with <c>data.pkl</c>, <c>byteorder</c>, <c>version</c> and <c>data/*</c>.</summary>
internal sealed class TorchArchive
{
    private const int MaximumPickleLength = 64 << 20;
    private const int MaximumNoteLength = 4096;
    private readonly ZipDirectory _directory;
    private readonly CheckpointOptions _options;
    private readonly string _folder;
    private readonly Dictionary<string, StorageReference> _storages = new(StringComparer.Ordinal);

    public TorchArchive(ZipDirectory directory, CheckpointOptions options)
    {
        _directory = directory;
        _options = options;
        _folder = FindFolder();
        CheckNotes();
    }

    /// <summary>The value that was saved, as plain data.</summary>
    public object? ReadRoot()
    {
        var pickle = _directory.ReadAll(Require("data.pkl"), MaximumPickleLength, _options.VerifyChecksums);
        return PickleReader.Read(new PickleInput(pickle, _directory.Source.Name), LoadStorage);
    }

    private string FindFolder()
    {
        var pickles = _directory.Entries.Where(static entry => entry.Name.EndsWith("/data.pkl", StringComparison.Ordinal) && entry.Name.Count(static c => c == '/') == 1).ToList();
        if (pickles.Count != 1)
        {
            var names = string.Join(", ", _directory.Entries.Take(3).Select(static entry => $"'{entry.Name}'"));
            throw Refuse($"it is a zip archive with {(pickles.Count == 0 ? "no" : "more than one")} 'data.pkl' in a folder (it starts with {(names.Length == 0 ? "nothing" : names)}), so torch.save did not write it");
        }

        var folder = pickles[0].Name[..^"data.pkl".Length];
        if (_directory.Entries.FirstOrDefault(entry => !entry.Name.StartsWith(folder, StringComparison.Ordinal)) is { } stray)
        {
            throw Refuse($"'{stray.Name}' lies outside of its folder '{folder}'");
        }

        return _directory.Entries.Any(entry => entry.Name == folder + "constants.pkl" || entry.Name.StartsWith(folder + "code/", StringComparison.Ordinal))
            ? throw Refuse("it is a TorchScript program, which contains code. Save the weights alone: torch.save(torch.jit.load(path).state_dict(), other_path)")
            : folder;
    }

    private void CheckNotes()
    {
        var order = ReadNote("byteorder");
        if (order is not (null or "little"))
        {
            throw Refuse($"its bytes are in '{Printable.Shorten(order)}' order. Re-save it on a little-endian machine");
        }

        var version = ReadNote("version");
        if (version is not null && (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 10))
        {
            throw Refuse($"its archive version is '{Printable.Shorten(version)}'; 1 to 10 are read");
        }
    }

    private string? ReadNote(string name)
    {
        var entry = _directory.Find(_folder + name);
        return entry is null ? null : Encoding.Latin1.GetString(_directory.ReadAll(entry, MaximumNoteLength, _options.VerifyChecksums)).Trim();
    }

    private StorageReference LoadStorage(PickleTuple reference)
    {
        if (reference.Items is not ["storage", PickleGlobal { StorageType: { } type }, string key, string, long count] || count < 0)
        {
            throw Refuse($"its pickle refers to something that is no storage: {PickleText.Print(reference)}");
        }

        if (_storages.TryGetValue(key, out var known))
        {
            return known.Type == type && known.Count == count
                ? known
                : throw Refuse($"storage '{Printable.Shorten(key)}' is declared as {known.Count} {known.Type} and again as {count} {type}");
        }

        var entry = Require("data/" + key);
        if (entry.IsDeflated)
        {
            throw Refuse($"storage '{Printable.Shorten(key)}' is compressed, which torch.save never does. Unpack the archive and pack it again uncompressed (zip -0)");
        }

        if (entry.Length % type.SizeInBytes() != 0 || count != entry.Length / type.SizeInBytes())
        {
            throw Refuse($"storage '{Printable.Shorten(key)}' is declared as {count} {type}, but holds {entry.Length} bytes. It is damaged or was tampered with");
        }

        var storage = new StorageReference(key, type, count, new ZipTensorStorage(_directory, entry, _options.VerifyChecksums));
        _storages.Add(key, storage);
        return storage;
    }

    private ZipEntry Require(string name)
        => _directory.Find(_folder + name) ?? throw Refuse($"'{Printable.Shorten(_folder + name)}' is missing. It is damaged: fetch or write it again");

    private KarlFormatException Refuse(string found) => new($"'{_directory.Source.Name}' is no readable PyTorch checkpoint: {found}.");
}
