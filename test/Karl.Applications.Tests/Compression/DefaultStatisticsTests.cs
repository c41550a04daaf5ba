using Karl.Applications.Compression;
using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.TokenFiles;

namespace Karl.Applications.Tests.Compression;

[TestClass]
public sealed class DefaultStatisticsTests
{
    [TestMethod]
    public void Statistics_ThatComeAlong_AreOfTheModelThatComesAlong()
    {
        using Bundle bundle = IncludedModel.Default.Open();
        Assert.AreEqual(
            TokenFileSettings.ModelOf(bundle.Manifest),
            TokenStatistics.Default?.Model,
            "Gather them again: karl compress photos/train --write-statistics src/Karl.Applications/Compression/default.kts");
    }

    [TestMethod]
    public void Find_ForAnotherModel_GivesNone()
    {
        Assert.IsNull(TokenStatistics.Find("00000000000000ff"));
        Assert.IsNull(TokenStatistics.Find("00000000000000ff", Path.Join(Path.GetTempPath(), "there is no such model.karl")));
    }
}
