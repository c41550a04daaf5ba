using Karl.Export.Architectures;
using Karl.Testing;
using Karl.Tokenizers.Arrays;

namespace Karl.Export.Exporting;

/// <summary>The recorded checkpoints as bundles, exported once for all tests, and what the original answered.</summary>
internal sealed class RecordedExports : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _bundles = [];

    /// <summary>The bundle of a recording.</summary>
    public string Bundle(string recording)
    {
        if (_bundles.TryGetValue(recording, out var known)) return known;
        var path = Path.Combine(_folder.FullPath, recording + ".karl");
        var hint = ArchitectureFile.Read(SharedFiles.Require("reference", recording, "architecture.json"));
        KarlExporter.Export(SharedFiles.Require("reference", recording, "checkpoint.pth"), path, new ExportOptions { Hint = hint });
        return _bundles[recording] = path;
    }

    /// <summary>The recorded tensors.</summary>
    public static NpzArchive Goldens(string recording) => NpzArchive.Open(SharedFiles.Require("reference", recording, "goldens.npz"));

    /// <summary>The images that were recorded, <c>[4, 3, 256, 256]</c>.</summary>
    public static float[] Images() => NpyArray.Load(SharedFiles.Require("reference", "inputs", "images.npy")).ToFloat32();

    public void Dispose() => _folder.Dispose();
}
