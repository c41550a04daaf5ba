using System.Reflection;
using System.Text.RegularExpressions;
using Karl.Cli;
using Karl.Export.Architectures;
using Karl.Export.Exporting;
using Karl.Testing;
using Karl.Tokenizers;

namespace Karl.House.Tests;

/// <summary>The README's examples, run as they stand there. They use relative paths, so one at a time.</summary>
[TestClass]
[DoNotParallelize]
public sealed partial class ReadmeTests
{
    private static readonly MarkdownFile Readme = new("README.md");

    [TestMethod]
    public void The_code_in_the_readme_is_the_code_that_is_run_here()
    {
        string source = File.ReadAllText(Repository.PathOf("test", "Karl.House.Tests", "ReadmeExample.cs")).ReplaceLineEndings("\n");
        const string Begin = "        // <readme>\n", End = "        // </readme>\n";
        string marked = source[(source.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..source.IndexOf(End, StringComparison.Ordinal)];
        string expected = string.Concat(marked.Split('\n').SkipLast(1).Select(line => (line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line) + "\n"));
        Assert.AreEqual(("csharp", expected), Readme.BlockAfter("The same from C#"));
    }

    [TestMethod]
    public async Task The_code_prints_what_the_readme_says()
    {
        using Workbench _ = new();
        await Workbench.RunAsync("karl demo --output demo --size 64");
        Assert.AreEqual(("text", Workbench.Printed(ReadmeExample.Run)), Readme.BlockAfter("this prints"));
    }

    [TestMethod]
    public async Task The_first_commands_work_one_after_another_on_a_bare_machine()
    {
        using Workbench _ = new();
        await Workbench.RunAsync("karl demo --output photos");
        foreach (string line in Lines("On a bare machine"))
        {
            await Workbench.RunAsync(line);
        }

        Assert.HasCount(7, File.ReadAllLines("tokens.jsonl"));
        Assert.IsTrue(File.Exists(Path.Combine("back", "sheet-1.png")));
    }

    [TestMethod]
    public async Task The_commands_for_a_checkpoint_work_one_after_another()
    {
        using Workbench _ = new();
        Workbench.ExportTheRecordedModel();
        string[] lines = [.. Lines("With a checkpoint as")];
        StringAssert.StartsWith(lines[0], "karl export checkpoint.pth -o model.karl");
        foreach (string line in lines[1..])
        {
            await Workbench.RunAsync(line);
        }

        Assert.HasCount(7, File.ReadAllLines("tokens.jsonl"));
        Assert.IsTrue(File.Exists(Path.Combine("back", "sheet-1.png")));
    }

    [TestMethod]
    public async Task The_whole_walk_over_the_recordings_works()
    {
        using Workbench _ = new();
        SharedFiles.Require("data", "photos", "validation");
        List<string> outputs = [];
        foreach (string line in Lines("this is the whole walk"))
        {
            outputs.Add(await Workbench.RunAsync(line));
        }

        StringAssert.Contains(outputs[1], "571 recorded tensors: 571 OK, 0 FAIL");
        StringAssert.Contains(outputs[3], "427 OK, 0 FAIL");
        Assert.HasCount(Directory.GetFiles(SharedFiles.Require("data", "photos", "validation")).Length, File.ReadAllLines("tokens.jsonl"));
    }

    [TestMethod]
    public void The_members_in_the_table_exist()
    {
        Assembly mlNet = Assembly.Load("Microsoft.ML.Karl");
        Type[] types = [.. new[] { typeof(KarlExporter).Assembly, typeof(ImageTokenizer).Assembly, typeof(Karl.Applications.Complexity.ComplexityMeter).Assembly, typeof(Karl.Experiments.TokenCountExperiments).Assembly, typeof(Karl.Serving.TokenizationServer).Assembly, typeof(Karl.Training.Runs.TrainingPreset).Assembly, mlNet }.SelectMany(assembly => assembly.GetExportedTypes())];
        (string Type, string Member)[] named = [.. Readme.InlineCode.SelectMany(Members)];
        Assert.IsGreaterThan(10, named.Length);
        foreach ((string typeName, string memberName) in named.Where(member => member.Type != "Transforms" || mlNet.GetExportedTypes().Length > 0))
        {
            string name = typeName switch
            {
                "tokenizer" => nameof(ImageTokenizer),
                "Transforms" => "KarlTransformsCatalog",
                _ => typeName,
            };
            Type? type = Array.Find(types, candidate => candidate.Name == name);
            Assert.IsNotNull(type, $"README.md names the type '{typeName}', which does not exist.");
            Assert.IsNotEmpty(type.GetMember(memberName), $"README.md names '{typeName}.{memberName}', which does not exist.");
        }
    }

    private static IEnumerable<(string Type, string Member)> Members(string code)
    {
        foreach (Match match in MemberAccess().Matches(code))
        {
            yield return (match.Groups[1].Value, match.Groups[2].Value);
        }

        Match created = Creation().Match(code);
        foreach (Match property in Assignment().Matches(created.Groups[2].Value))
        {
            yield return (created.Groups[1].Value, property.Groups[1].Value);
        }
    }

    [GeneratedRegex(@"\b(tokenizer|[A-Z][A-Za-z]+)\.([A-Z][A-Za-z0-9]+)(?=\(| )")]
    private static partial Regex MemberAccess();

    [GeneratedRegex("new ([A-Za-z]+) \\{(.*)\\}")]
    private static partial Regex Creation();

    [GeneratedRegex("([A-Za-z]+) = ")]
    private static partial Regex Assignment();

    private static IEnumerable<string> Lines(string words) => MarkdownFile.CommandLinesOf(Readme.BlockAfter(words).Text);

    /// <summary>An empty folder that is the current one, until disposed.</summary>
    private sealed class Workbench : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly string _before = Environment.CurrentDirectory;

        public Workbench() => Environment.CurrentDirectory = _folder.FullPath;

        public static void ExportTheRecordedModel()
        {
            string recording = SharedFiles.Require("reference", "karl-vqgan-quantized");
            ArchitectureHint architecture = ArchitectureFile.Read(Path.Combine(recording, "architecture.json"));
            KarlExporter.Export(Path.Combine(recording, "checkpoint.pth"), "model.karl", new ExportOptions { Hint = architecture });
        }

        /// <summary>Runs one line, which must succeed without a complaint, and gives its output.</summary>
        public static async Task<string> RunAsync(string line)
        {
            string[] words = ShellWords.Split(line, new Dictionary<string, string> { ["KARL_SHARED"] = SharedFiles.Folder ?? string.Empty });
            Assert.AreEqual("karl", words[0]);
            StringWriter output = new(), error = new();
            int code = await KarlCommand.RunAsync(words[1..], TextWriter.Synchronized(output), TextWriter.Synchronized(error));
            Assert.AreEqual(KarlCommand.Success, code, $"{line}: {error}");
            Assert.AreEqual(string.Empty, error.ToString(), line);
            return output.ToString();
        }

        public static string Printed(Action action)
        {
            TextWriter before = Console.Out;
            using StringWriter output = new();
            Console.SetOut(output);
            try
            {
                action();
            }
            finally
            {
                Console.SetOut(before);
            }

            return output.ToString().ReplaceLineEndings("\n");
        }

        public void Dispose()
        {
            Environment.CurrentDirectory = _before;
            _folder.Dispose();
        }
    }
}
