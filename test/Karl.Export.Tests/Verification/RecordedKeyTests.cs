namespace Karl.Export.Verification.Internals;

[TestClass]
public sealed class RecordedKeyTests
{
    [TestMethod]
    [DataRow("img0.b32.q0.03.halt_logit", 0, "None", 32, 0.03f, "halt_logit", "Whole", 1)]
    [DataRow("img17.mode.b512.q0.38.recon_sub8", 17, "Mean", 512, 0.38f, "recon", "Grid", 8)]
    [DataRow("img3.sample.b256.q0.05.logits_rows16", 3, "Sample", 256, 0.05f, "logits", "Rows", 16)]
    [DataRow("img0.b7.q0.recon_stats", 0, "None", 7, 0f, "recon", "Statistics", 1)]
    [DataRow("img0.b32.q0.05.dbg.encoder_block11", 0, "None", 32, 0.05f, "encoder_block11", "Whole", 1)]
    [DataRow("img0.b32.q5e-3.dbg.pix_up4_lastblock", 0, "None", 32, 0.005f, "pix_up4_lastblock", "Whole", 1)]
    [DataRow("img0.b32.q0.05.latents_factorized_rows4", 0, "None", 32, 0.05f, "latents_factorized", "Rows", 4)]
    public void TryParse_KeyOfARun_TakesItApart(
        string text, int image, string latent, int budget, float epsilon, string quantity, string view, int step)
    {
        Assert.IsTrue(RecordedKey.TryParse(text, out var key));
        Assert.AreEqual((text, image, latent), (key.Text, key.Image, key.Latent.ToString()));
        Assert.AreEqual(new RunSettings(budget, epsilon), key.Run);
        Assert.AreEqual(quantity, key.Quantity.Name);
        Assert.AreEqual((view, step), (key.View.Kind.ToString(), key.View.Step));
    }

    [TestMethod]
    [DataRow("img2.gt_indices", "gt_indices", "Whole")]
    [DataRow("img2.gt_indices_margin", "gt_indices_margin", "Whole")]
    [DataRow("img2.mode.posterior_logvar", "posterior_logvar", "Whole")]
    [DataRow("img2.sample.base_recon_stats", "base_recon", "Statistics")]
    [DataRow("img2.tokens_2d_rows8", "tokens_2d", "Rows")]
    [DataRow("img2.base_tokens_rows8", "base_tokens", "Rows")]
    public void TryParse_KeyOfAnImage_HasNoRun(string text, string quantity, string view)
    {
        Assert.IsTrue(RecordedKey.TryParse(text, out var key));
        Assert.IsNull(key.Run);
        Assert.AreEqual(quantity, key.Quantity.Name);
        Assert.AreEqual(view, key.View.Kind.ToString());
    }

    [TestMethod]
    [DataRow("img0.b32.q0.03.something_else")]
    [DataRow("img0.b32.q0.03.")]
    [DataRow("img0.halt_logit")]
    [DataRow("img0.b32.q0.03.base_tokens")]
    [DataRow("img0.b0.q0.03.halt_logit")]
    [DataRow("img0.b32.qnan.halt_logit")]
    [DataRow("img0.b32.q1e99.halt_logit")]
    [DataRow("img0.b32.q0.03.halt_logit_sub8")]
    [DataRow("img0.b32.q0.03.recon_rows0")]
    [DataRow("img0.b99999999999.q0.03.halt_logit")]
    [DataRow("img0.dbg.encoder")]
    [DataRow("img0.b32.q0.03.dbg.halt_logit")]
    [DataRow("img0.b32.q0.03.dbg.encoder_block01")]
    [DataRow("image0.b32.q0.03.halt_logit")]
    [DataRow("img0.b32.q0.03.halt_logit\n")]
    [DataRow("noise")]
    [DataRow("")]
    public void TryParse_AnythingElse_IsNotKnown(string text) => Assert.IsFalse(RecordedKey.TryParse(text, out _));
}
